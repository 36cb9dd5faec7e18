// What a person's browser does with the URL that a program opens: fills in each form that it is shown and
// sends it, up to and including the one that goes to the program.
const [, , start] = process.argv;
const origin = new URL(start).origin;
const known = { username: process.env.SIGN_IN_USER, password: process.env.SIGN_IN_PASSWORD };

let response = await fetch(start, { redirect: 'manual' });
for (;;) {
  const text = await response.text();
  const action = new URL(/<form[^>]* action="([^"]*)"/.exec(text)[1].replaceAll('&amp;', '&'), origin);
  const inputs = [...text.matchAll(/<(?:input|button class="main")[^>]*>/g)].map(([tag]) => {
    const value = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    return [value('name'), known[value('name')] ?? value('value')];
  });
  const body = new URLSearchParams(inputs.filter(([name]) => name !== ''));
  response = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  if (action.origin !== origin) break;
}
