//! Virtue ethics: what does the way it was made say about it?
//!
//! Honesty (it declares what it does and hides nothing), diligence (documentation and tests), prudence
//! (it takes no dangerous way where it need not) and restraint (it does not reach beyond its task).

use super::{EthicsEvidence, Framework, Opinion, Reasoning};

pub(super) struct Virtue;

impl Framework for Virtue {
    fn id(&self) -> &'static str {
        "virtue"
    }

    fn judge(&self, evidence: &EthicsEvidence) -> Opinion {
        let mut reasoning = Reasoning::from(0.7);
        reasoning.against(0.9 * evidence.concealment, "concealment is the opposite of honesty");
        let undeclared = f64::from(evidence.undeclared_capabilities.min(4)) / 4.0;
        reasoning.against(0.4 * undeclared, "it says less of itself than is true");
        reasoning.against(0.5 * evidence.security_harm, "it is careless with dangerous operations");
        reasoning
            .against(0.6 * evidence.disclosure.max(evidence.privacy_harm), "it lacks restraint with what is private");
        reasoning.against(0.4 * evidence.autonomy_harm, "it reaches beyond its task");
        reasoning.favour(0.15 * evidence.documented.clamp(0.0, 1.0), "it explains itself");
        reasoning.favour(if evidence.tested { 0.1 } else { 0.0 }, "its makers tested it");
        reasoning.favour(if evidence.vouched { 0.05 } else { 0.0 }, "somebody vouches for it");
        reasoning.opinion(self.id())
    }
}
