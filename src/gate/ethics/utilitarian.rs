//! Utilitarian: the greatest benefit with the least harm.
//!
//! The expected harm counts in full, wherever it falls; what the component adds counts for it, but
//! benefit never outweighs more than a quarter of the scale: nobody is harmed less because others gain.

use super::{EthicsEvidence, Framework, Opinion, Reasoning};

pub(super) struct Utilitarian;

impl Framework for Utilitarian {
    fn id(&self) -> &'static str {
        "utilitarian"
    }

    fn judge(&self, evidence: &EthicsEvidence) -> Opinion {
        let mut reasoning = Reasoning::from(0.75);
        reasoning.against(0.9 * evidence.disclosure, "data may leave the system, which harms everyone it belongs to");
        reasoning.against(0.7 * evidence.privacy_harm, "it can reach credentials or private data");
        reasoning.against(0.8 * evidence.security_harm, "it opens a way for an attacker into the whole system");
        reasoning.against(0.5 * evidence.autonomy_harm, "it can act beyond what it was asked to do");
        reasoning.against(0.3 * evidence.concealment, "what it hides cannot be counted as benefit");
        // Eight public items are as good as any number: size is no merit.
        let breadth = f64::from(evidence.public_items.min(8)) / 8.0;
        reasoning.favour(0.15 * breadth, "it adds capabilities that others can use");
        reasoning.favour(if evidence.tested { 0.1 } else { 0.0 }, "tests make its benefit likely to be real");
        reasoning.opinion(self.id())
    }
}
