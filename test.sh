#!/usr/bin/env bash
# Builds everything and runs every test; the last line is "N passed, N failed". Needs the .NET SDK, and Node for the checks against
# the provider's own npm packages (skipped, and said so, where Node is missing).
set -uo pipefail
cd "$(dirname "$0")"

results=artifacts/test-results
rm -rf "$results"

dotnet build FineTuneFunctions.sln --nologo -v quiet -clp:NoSummary || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
echo "AzurePackages=${AzurePackages:-$(sed -n 's/.*<AzurePackages>\(.*\)<\/AzurePackages>.*/\1/p' artifacts/AzurePackages.props)}" \
  "(true: with the Azure Functions head; false: without it, for its packages cannot be had here)"

# One project after the other: the end-to-end tests start programs, and want the machine for themselves.
dotnet test FineTuneFunctions.sln --no-build --nologo -m:1 --logger trx --results-directory "$results" "$@"
outcome=$?

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
total=$(count total) passed=$(count passed) failed=$(count failed)
skipped=$(( ${total:-0} - ${passed:-0} - ${failed:-0} ))
[ "$outcome" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1 # a run that broke off has failed, whatever it counted
[ "$skipped" -eq 0 ] && echo "${passed:-0} passed, ${failed:-0} failed" || echo "${passed:-0} passed, ${failed:-0} failed, $skipped skipped"
[ "$outcome" -eq 0 ] && [ "${passed:-0}" -gt 0 ]
