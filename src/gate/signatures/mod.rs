//! Signatures: who vouched for exactly this content.
//!
//! The formats are those of OpenSSH, so that people sign and check with what they have: armoured SSHSIG
//! signatures ([`sshsig`], OpenSSH's `PROTOCOL.sshsig`) and `allowed_signers` files
//! ([`allowed_signers`], `ssh-keygen(1)`, section "ALLOWED SIGNERS"). A verdict equals that of
//! `ssh-keygen -Y verify`; the tests hold the two against each other.

pub mod allowed_signers;
pub mod certificate;
pub mod sshsig;

pub use allowed_signers::{AllowedSigners, Signer};
pub use sshsig::SshSignature;

/// The namespace of signed manifests.
pub const MANIFEST_NAMESPACE: &str = "aetherra-manifest@v1";

/// The namespace of approvals by reviewers.
pub const APPROVAL_NAMESPACE: &str = "aetherra-approve@v1";

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The armour or the structure inside it is malformed.
    #[error("the signature is malformed: {0}")]
    Malformed(String),
    /// It was made for another purpose.
    #[error("the signature is for the namespace `{found}`, not `{wanted}`")]
    WrongNamespace {
        /// What it was made for.
        found: String,
        /// What it would have to be made for.
        wanted: String,
    },
    /// The content is not what was signed, or another key signed it.
    #[error("the signature does not fit the content and its key")]
    DoesNotVerify,
    /// The key was revoked.
    #[error("the key {0} was revoked")]
    Revoked(String),
    /// No line of the list of signers allows this key, for the reasons given.
    #[error("no allowed signer fits: {0}")]
    NotAllowed(String),
}

/// Checks a signature the way `ssh-keygen -Y verify` does: content, namespace, revocation, signer.
///
/// `at` is the time for which validity is judged, in seconds since 1970.
///
/// # Errors
/// The first reason for which the signature does not count.
pub fn verify(
    content: &[u8],
    signature: &str,
    principal: &str,
    namespace: &str,
    signers: &AllowedSigners,
    at: u64,
) -> Result<Signer, SignatureError> {
    let signature = SshSignature::parse(signature)?;
    if signature.namespace != namespace {
        return Err(SignatureError::WrongNamespace { found: signature.namespace, wanted: namespace.to_owned() });
    }
    signature.verify(content)?;
    signers.allow(&signature.key, principal, namespace, at)
}
