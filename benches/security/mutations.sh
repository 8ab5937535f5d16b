#!/usr/bin/env bash
# Judges mutated sources, and publishes in the README how many were tried.
#
#   benches/security/mutations.sh     COUNT says how many [default: 200000]; PROFILE names a profile of cargo
set -euo pipefail
cd "$(dirname "$0")/../.."
results=$(MUTATED_SOURCES=${COUNT:-200000} cargo test --quiet --profile "${PROFILE:-release}" --test suite \
    rules::mutated_code -- --nocapture | grep '^|')
printf '| | |\n|---|---:|\n%s\n' "$results" | benches/security/publish.py security-mutations
