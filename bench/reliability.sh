#!/usr/bin/env bash
# Measures the figures in docs/reliability.md and writes them into that page: thousands of simulated plans, the real program killed more than
# a hundred times, and thousands of runs at once (FT_LOAD of them, 10000 unless said otherwise). Wants the machine for itself.
set -euo pipefail
cd "$(dirname "$0")/.."
figures=$(mktemp -d)
trap 'rm -rf "$figures"' EXIT
export FT_FIGURES=$figures

dotnet build FineTuneFunctions.sln --nologo -v quiet -clp:NoSummary
dotnet test tests/FineTune.Simulation.Tests --no-build --nologo --filter Product_KeepsItsPromises
dotnet test tests/FineTune.EndToEnd.Tests --no-build --nologo --filter KillMatrix -- xUnit.Explicit=on
dotnet test tests/FineTune.EndToEnd.Tests --no-build --nologo --filter WhenThousandsAreDroppedAtOnce -- xUnit.Explicit=on

page=docs/reliability.md
cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
{
  sed '/<!-- figures -->/q' "$page"
  echo
  echo "Measured $(date -u +%Y-%m-%d) by \`bench/reliability.sh\` at commit $(git rev-parse --short HEAD), on $(nproc) processors (${cpu:-unknown}), $(uname -sm), .NET $(dotnet --version)."
  echo
  echo '| what | figure |'
  echo '|---|---|'
  cat "$figures"/*
} > "$figures.new"
mv "$figures.new" "$page"
