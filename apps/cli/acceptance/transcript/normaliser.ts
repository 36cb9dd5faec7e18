const GUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;

/** What the same run prints on every machine, and what not. */
export interface Constants {
  /** A text with all ids that are the same in every run. */
  readonly ids: string;
  /** Folders of this machine, with what stands for them. */
  readonly folders: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** Takes out of texts what differs between runs and machines, and every secret. The same id gets the same stand-in. */
export function createNormaliser({ ids, folders, secrets }: Constants): (text: string) => string {
  const known = new Set([...ids.matchAll(GUID)].map(([id]) => id.toLowerCase()));
  const standIns = new Map<string, string>();
  const standIn = (id: string): string => {
    const key = id.toLowerCase();
    if (known.has(key) || /^0{8}-/.test(key)) return id;
    const made =
      standIns.get(key) ?? `00000000-0000-4000-8000-${String(standIns.size + 1).padStart(12, '0')}`;
    standIns.set(key, made);
    return made;
  };
  return (text) => {
    let now = text;
    for (const [folder, name] of Object.entries(folders)) now = now.replaceAll(folder, name);
    for (const secret of secrets) if (secret !== '') now = now.replaceAll(secret, '<secret>');
    return now
      .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<secret>')
      .replaceAll(/((?:HEADER|SECRET|secret|password)["']?[=:]\s*["']?)[\w~.+/-]{16,}/g, '$1<secret>')
      .replaceAll(/\b(localhost|127\.0\.0\.1):\d{2,5}\b/g, '$1:44300')
      .replaceAll(/[^\s'"=]*[\\/]aml-auth-emulator-\w+/g, '<temporary folder>')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '2027-01-01T00:00:00Z')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, '2027-01-01T00:00:00.000Z')
      .replaceAll(/("expiresOnEpoch": )\d+/g, '$11798761600')
      .replaceAll(/^(hint +)\S+$/gm, '$1<hint>')
      .replaceAll(GUID, standIn);
  };
}
