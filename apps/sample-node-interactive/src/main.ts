// Signs in the person at this machine. All settings come from the environment: see README.md.
import { showWorkspace } from './show-workspace.ts';

await showWorkspace();
