//! Configuration in three words: a *fragment* is what one source says, *layers* stack fragments and
//! remember where each value came from, and [`Settings`] is the validated whole that stages read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::TrustMode;

pub mod audit;
pub mod canary;
pub mod guards;
pub mod health;
pub mod host;
pub mod incorporation;
pub mod layers;
pub mod manual;
pub mod scan;
pub mod security;
pub mod shape;
pub mod text;
pub mod trust;
pub mod verification;
pub mod watch;

pub use audit::AuditSettings;
pub use canary::CanarySettings;
pub use guards::GuardSettings;
pub use health::HealthSettings;
pub use host::HostSettings;
pub use incorporation::IncorporationSettings;
pub use scan::ScanSettings;
pub use security::SecuritySettings;
pub use trust::{NetworkSettings, TrustSettings};
pub use verification::VerificationSettings;
pub use watch::WatchSettings;

/// The profiles of the seed: each is a file of defaults in `config/profiles/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Ordinary operation.
    #[default]
    Standard,
    /// Production: strict trust, approval by a person, signatures, network allow-list.
    Prod,
    /// Development: relaxed thresholds, short intervals.
    Dev,
    /// Automated tests: quiet, short stabilisation.
    Test,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Prod, Self::Dev, Self::Test];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Prod => "prod",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }

    /// Its defaults, as a configuration file.
    pub fn defaults(self) -> &'static str {
        match self {
            Self::Standard => include_str!("../../config/profiles/standard.yaml"),
            Self::Prod => include_str!("../../config/profiles/prod.yaml"),
            Self::Dev => include_str!("../../config/profiles/dev.yaml"),
            Self::Test => include_str!("../../config/profiles/test.yaml"),
        }
    }
}

/// The validated configuration of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Which profile's defaults are loaded.
    #[schemars(extend("x-operator" = true))]
    pub profile: Profile,
    /// How strict the gate is.
    #[schemars(extend("x-operator" = true))]
    pub trust_mode: TrustMode,
    /// The ledger.
    pub audit: AuditSettings,
    /// How a new generation is tried on a part of the traffic.
    pub canary: CanarySettings,
    /// How much may happen in an hour before a person is asked.
    pub guards: GuardSettings,
    /// What is measured against what.
    pub health: HealthSettings,
    /// How the system that loads what is deployed takes part in a change.
    #[schemars(extend("x-operator" = true))]
    pub host: HostSettings,
    /// What is taken in, and how.
    pub incorporation: IncorporationSettings,
    /// What code may reach over the network.
    pub network: NetworkSettings,
    /// Discovery.
    pub scan: ScanSettings,
    /// How code is judged.
    pub security: SecuritySettings,
    /// Whose word counts, and how it is weighed.
    pub trust: TrustSettings,
    /// The operator's own look at what is about to be let in.
    #[schemars(extend("x-operator" = true))]
    pub verification: VerificationSettings,
    /// How often the loop does what.
    pub watch: WatchSettings,
}

/// The JSON Schema of a configuration file.
pub fn config_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Settings>();
    schema.insert("title".to_owned(), "aetherra-maint configuration".into());
    schema.to_value()
}
