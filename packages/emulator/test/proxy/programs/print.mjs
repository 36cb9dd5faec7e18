/** Prints as JSON what an action gives, or that it failed. */
export async function print(action) {
  try {
    console.log(JSON.stringify(await action()));
  } catch (error) {
    console.log(JSON.stringify({ error: `${error.name}: ${error.message}` }));
  }
}
