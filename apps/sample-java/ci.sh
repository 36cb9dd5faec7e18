#!/usr/bin/env bash
# What CI runs: builds and tests the project, then runs the program against the emulator of aml-auth.
# Needs Maven and a JDK, 17 or later; says SKIPPED and ends with 0 where one is missing. Needs the CLI to be built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

skip() {
  printf 'SKIPPED: %s\n' "$1"
  exit 0
}

javac="${JAVA_HOME:+$JAVA_HOME/bin/}javac"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v mvn >/dev/null || skip 'Maven (mvn) is not installed'
command -v "$javac" >/dev/null || skip 'a JDK (javac) is not installed'
version=$("$javac" -version 2>&1) || skip 'javac does not run'
[[ $version =~ ^javac\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 17)) || skip "JDK 17 or later is needed, this is $version"

export AML_AUTH_CLI=${AML_AUTH_CLI:-$PWD/../cli/dist/main.js}
if [[ ! -f $AML_AUTH_CLI ]]; then
  printf 'The CLI is not built: there is no %s. Run "pnpm nx build @aml-auth/cli" first.\n' "$AML_AUTH_CLI" >&2
  exit 1
fi
if [[ -z ${AML_AUTH_NODE:-} ]]; then
  AML_AUTH_NODE=$PWD/../../node_modules/.bin/node
  [[ -x $AML_AUTH_NODE ]] || AML_AUTH_NODE=node
fi
export AML_AUTH_NODE

# Here a skipped test would be taken for a pass.
export AML_AUTH_EMULATOR_REQUIRED=true
output=$(mvn -q -B verify 2>&1) || {
  printf '%s\n' "$output" >&2
  exit 1
}
awk -F'[:,]' '/^Tests run:/ { run += $2; skipped += $8 } END { printf "%d tests passed, %d skipped\n", run - skipped, skipped }' \
  target/surefire-reports/*.txt

aml_auth() {
  "$AML_AUTH_NODE" "$AML_AUTH_CLI" "$@"
}
program=("$java" -jar target/azureml-sign-in.jar)
expect_workspace() {
  [[ $2 == 'workspace  ws1'* ]] && return
  printf 'The program, %s, printed something else than the workspace ws1:\n%s\n' "$1" "$2" >&2
  exit 1
}
output=$(aml_auth emulator run -- "${program[@]}")
expect_workspace 'by secret' "$output"
output=$(aml_auth emulator run -- "$AML_AUTH_NODE" "$AML_AUTH_CLI" exec -- "${program[@]}")
expect_workspace 'by the managed-identity protocol' "$output"
echo 'The program printed the workspace of the emulator, by secret and by the managed-identity protocol.'
