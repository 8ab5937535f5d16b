//! Who vouched for what: signed manifests and approvals, checked against the operator's lists of keys.
//!
//! Keys and lists live with the operator. What a project ships, signed manifests among it, is a claim; it counts
//! when a key on the operator's list made it, for exactly this content, and the key is neither expired nor
//! revoked at the moment of asking.

mod index;
mod keyring;
mod krl;
mod minisign;
mod statement;

pub use index::{FileTrust, Seen, Standing, TrustIndex, Voucher, Why};
pub use keyring::{Keyring, KeyringFiles};
pub use statement::{MANIFEST_ENDING, MANIFEST_FILE, MAX_STATEMENT_BYTES, Statement, is_own_file, joined};

use super::signatures::{APPROVAL_NAMESPACE, MANIFEST_NAMESPACE};
use crate::model::AttestationKind;

/// The namespace in which a kind of statement is signed.
pub fn namespace(kind: AttestationKind) -> &'static str {
    match kind {
        AttestationKind::Manifest => MANIFEST_NAMESPACE,
        AttestationKind::Approval => APPROVAL_NAMESPACE,
    }
}
