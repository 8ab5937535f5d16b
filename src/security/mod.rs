//! Static analysis: source units, the Python model, rules, risk, trust tiers.
