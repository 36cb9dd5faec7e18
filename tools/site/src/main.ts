import { brokenLinks } from './broken-links.ts';
import { buildSite } from './build-site.ts';
import { SITE } from './repository.ts';

// Usage: node src/main.ts. Builds dist/site and checks it; the exit code is 1 where anything is wrong.
const findings = await buildSite();
const links = findings.length > 0 ? [] : await brokenLinks(SITE);
for (const finding of [...findings, ...links]) console.error(finding);
if (findings.length + links.length > 0) process.exitCode = 1;
else console.log(`site: ok (${SITE}/index.html)`);
