import type { EmulatorClock } from '../control/emulator-clock.js';
import type { ExchangeLog } from '../control/journal/exchange-log.js';
import type { Store } from '../core/store.js';
import type { Call } from '../http/call.js';
import type { SignInControl } from '../sign-in-control.js';

/** What the administration interface works on. */
export interface Administered {
  readonly clock: EmulatorClock;
  readonly log: ExchangeLog;
  readonly control: SignInControl;
  /** The tables as they are at this moment. */
  readonly store: Store;
}

/** What a handler gets to work on. */
export interface AdminContext extends Administered {
  readonly call: Call;
  /** What stands in place of each `{}` of the route. */
  readonly ids: readonly string[];
  /** The JSON value in the body, or a refusal. */
  readonly body: () => unknown;
}

/** Method and path after `/_emu/api/`, such as `GET requests/{}` → what answers. */
export type AdminRoutes = Readonly<Record<string, (context: AdminContext) => Response>>;
