/** Keys of the whole page: to the search, back, and from card to card. */
export function listenToKeys({ search, back, enter }) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') back();
    else if (event.key === '/' && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Enter' && document.activeElement === search) enter();
    else move(event);
  });
}

/** Of the cards of a list, one can be reached by Tab; the arrows go to the others. */
export function makeReachable(button) {
  for (const other of button.closest('ul').querySelectorAll('button.node')) other.tabIndex = -1;
  button.tabIndex = 0;
}

/** Up and down in a column, left and right to the nearest of the next one. */
function move(event) {
  const from = document.activeElement?.closest?.('.stage li');
  if (!from) return;
  const to = target(event.key, from, from.parentElement);
  if (to === undefined || to === from) return;
  event.preventDefault();
  makeReachable(to.firstChild);
  to.firstChild.focus();
}

function target(key, from, list) {
  const items = [...list.children];
  if (key === 'Home' || key === 'End') return items.at(key === 'Home' ? 0 : -1);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step !== undefined) return items[items.indexOf(from) + step];
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (direction === undefined) return undefined;
  const lists = [...list.parentElement.querySelectorAll('ul')];
  let other = lists[lists.indexOf(list) + direction];
  while (other !== undefined && other.children.length === 0) other = lists[lists.indexOf(other) + direction];
  const distance = (item) => Math.abs(item.offsetTop - from.offsetTop);
  return [...(other?.children ?? [])].toSorted((a, b) => distance(a) - distance(b))[0];
}
