/** How the sign-in pages look: light and dark, wide and narrow, without a file or font from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#eef2f7, #0e131a);
  --surface: light-dark(#fff, #161d27);
  --line: light-dark(#d5dde7, #2a3543);
  --text: light-dark(#182130, #e6ebf2);
  --muted: light-dark(#566175, #97a4b8);
  --accent: light-dark(#0b5cad, #6db3ff);
  --soft: light-dark(#e5f0fb, #18304a);
  --on-accent: light-dark(#fff, #08131f);
  --bad: light-dark(#a1150f, #ff8f87);
  --bad-soft: light-dark(#fdeae8, #3d1715);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif;
}
* { box-sizing: border-box; }
body {
  display: grid;
  align-content: center;
  min-height: 100vh;
  min-height: 100dvh;
  margin: 0;
  padding: 1rem;
  background: var(--page);
  color: var(--text);
}
main {
  width: 100%;
  max-width: 27rem;
  margin: 0 auto;
  padding: 2rem 2.25rem 1.5rem;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
  box-shadow: 0 1px 2px rgb(16 32 56 / 6%), 0 12px 32px rgb(16 32 56 / 8%);
}
h1 { margin: 0 0 .75rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
p { margin: 0 0 .75rem; }
ul { margin: 0 0 .75rem; padding: .75rem 1rem .75rem 2rem; border-radius: 9px; background: var(--soft); }
li { overflow-wrap: anywhere; }
.who {
  display: flex;
  align-items: center;
  gap: .6rem;
  width: fit-content;
  max-width: 100%;
  padding: .25rem .9rem .25rem .25rem;
  border: 1px solid var(--line);
  border-radius: 2rem;
  font-size: .92rem;
  overflow-wrap: anywhere;
}
.who::before {
  content: attr(data-initial);
  flex: none;
  width: 1.75rem;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  line-height: 1.75rem;
  text-align: center;
}
label { display: block; margin: 1rem 0 .35rem; font-size: .92rem; font-weight: 500; }
input {
  width: 100%;
  padding: .6rem .75rem;
  border: 1px solid light-dark(#8793a5, #54637a);
  border-radius: 8px;
  background: var(--surface);
  color: inherit;
  font: inherit;
}
input::placeholder { color: var(--muted); }
#user_code { font: 600 1.35rem/1.4 ui-monospace, 'DejaVu Sans Mono', monospace; letter-spacing: .18em; text-transform: uppercase; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
form > div { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1.5rem; }
button {
  padding: .55rem 1.1rem;
  border: 1px solid transparent;
  border-radius: 8px;
  background: none;
  color: var(--accent);
  font: inherit;
  cursor: pointer;
}
button:hover { background: var(--soft); }
button.main { flex: 1 1 100%; background: var(--accent); color: var(--on-accent); font-weight: 600; }
button.main:hover { filter: brightness(1.08); }
[role='alert'] { padding: .6rem .85rem; border-radius: 8px; background: var(--bad-soft); color: var(--bad); overflow-wrap: anywhere; }
footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8rem; color: var(--muted); }
@media print {
  :root { color-scheme: only light; }
  form, footer { display: none; }
  main { border: 0; box-shadow: none; }
}
@media (max-width: 30rem) {
  body { align-content: start; padding: 0; background: var(--surface); }
  main { max-width: none; padding: 1.5rem; border: 0; box-shadow: none; }
}
`;
