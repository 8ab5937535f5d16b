//! Care ethics: what does it do to those who depend on the system?
//!
//! The people whose data is here come first; then those who must be able to understand and to stop what
//! runs in their name. What could not be judged is a lack of care, too: it is asked of others to trust.

use super::{EthicsEvidence, Framework, Opinion, Reasoning};

pub(super) struct Care;

impl Framework for Care {
    fn id(&self) -> &'static str {
        "care"
    }

    fn judge(&self, evidence: &EthicsEvidence) -> Opinion {
        let mut reasoning = Reasoning::from(0.9);
        reasoning.against(
            0.9 * evidence.privacy_harm.max(evidence.disclosure),
            "it exposes people who cannot see what happens to their data",
        );
        reasoning.against(0.7 * evidence.autonomy_harm, "it takes decisions away from those who run the system");
        reasoning.against(0.4 * evidence.worst_harm(), "those who depend on the system would bear the harm");
        reasoning.against(if evidence.complete { 0.0 } else { 0.2 }, "parts of it could not be judged");
        reasoning.favour(0.1 * evidence.documented.clamp(0.0, 1.0), "its users are told what it does");
        reasoning.opinion(self.id())
    }
}
