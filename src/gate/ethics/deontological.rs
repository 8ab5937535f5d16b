//! Deontological: some rules hold whatever comes of breaking them.
//!
//! Do not deceive, do not take what was not given, do not act without permission, do not remove the
//! means to be stopped. A rule that is broken clearly (strength above one half) costs most of the score
//! at once; there is nothing to weigh it against.

use super::{EthicsEvidence, Framework, Opinion, Reasoning};

pub(super) struct Deontological;

impl Framework for Deontological {
    fn id(&self) -> &'static str {
        "deontological"
    }

    fn judge(&self, evidence: &EthicsEvidence) -> Opinion {
        let mut reasoning = Reasoning::from(1.0);
        reasoning.against(duty(evidence.concealment), "it must not hide what it does");
        reasoning.against(duty(evidence.disclosure), "it must not pass on data that was not given for that");
        reasoning.against(duty(evidence.privacy_harm), "it must not read secrets that it was not handed");
        reasoning.against(duty(evidence.autonomy_harm), "it must not take itself out of anyone's control");
        reasoning.against(0.5 * evidence.security_harm, "it must not put others at risk through carelessness");
        let undeclared = f64::from(evidence.undeclared_capabilities.min(4)) / 4.0;
        reasoning.against(0.6 * undeclared, "it must declare every capability that it uses");
        reasoning.opinion(self.id())
    }
}

/// A doubt costs in proportion; a clear breach costs most of the score.
fn duty(strength: f64) -> f64 {
    if strength > 0.5 { 0.4 + 0.5 * strength } else { 0.6 * strength }
}
