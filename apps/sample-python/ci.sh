#!/usr/bin/env bash
# What CI runs: the tests against the emulator of aml-auth, then the program by the managed-identity protocol. Needs
# Python 3.9 or later; says SKIPPED and ends with 0 where it is missing. Needs the CLI to be built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || {
  echo 'SKIPPED: Python 3.9 or later (python3) is not installed'
  exit 0
}
export PYTHONDONTWRITEBYTECODE=1
node=$PWD/../../node_modules/.bin/node
[[ -x $node ]] || node=node
aml_auth() {
  "$node" "${AML_AUTH_CLI:-../cli/dist/main.js}" "$@"
}

SAMPLE_EMULATED=1 aml_auth emulator run -- python3 -m unittest
output=$(aml_auth emulator run -- "$node" "${AML_AUTH_CLI:-../cli/dist/main.js}" exec -- python3 main.py)
[[ $output == 'workspace  ws1'* ]] || {
  printf 'The program printed something else than the workspace ws1:\n%s\n' "$output" >&2
  exit 1
}
echo 'The program printed the workspace of the emulator, by secret and by the managed-identity protocol.'
