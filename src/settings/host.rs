//! `host:` how the system that loads what is deployed takes part in a change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::lifecycle::HostCall;

/// The host. Every change of what is deployed goes through these steps: load the new generation beside the old one,
/// probe it, quiesce, swap, verify, resume. When one fails or takes too long, what was done before is undone: swapped
/// back, resumed, unloaded. After a run that was killed the next one asks for that as well, so every step must
/// bear to be asked twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HostSettings {
    /// `directory`: the host follows `current` or `registry.json` by itself and is asked nothing. `commands`: programs
    /// are run. `hub`: an address is asked.
    pub kind: HostKind,
    /// The programs.
    pub commands: HostCommands,
    /// The address of the hub, such as `http://localhost:3001/api/selfinc/lifecycle`. Each step is a POST to it with
    /// the name of the step added as the last part of the path; a status from 200 to 299 means yes, unless the answer
    /// is a JSON document that says `"ok": false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub_url: Option<String>,
    /// How long each step may take.
    pub timeouts: HostTimeouts,
    /// Bytes that are kept of what a program prints or a hub answers; the rest is thrown away.
    #[schemars(range(min = 256, max = 16_777_216))]
    pub max_output: u32,
}

impl Default for HostSettings {
    fn default() -> Self {
        Self {
            kind: HostKind::Directory,
            commands: HostCommands::default(),
            hub_url: None,
            timeouts: HostTimeouts::default(),
            max_output: 64 * 1024,
        }
    }
}

/// What kind of host it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HostKind {
    /// It reads folders by itself.
    #[default]
    Directory,
    /// It is asked by running programs.
    Commands,
    /// It is asked over HTTP.
    Hub,
}

/// The program of each step with its arguments; no shell reads them. A step without a program is left out. They find
/// the generations in `AETHERRA_FROM` and `AETHERRA_TO`, the folder of the new one in `AETHERRA_TREE`, and all of it as
/// JSON on their standard input. Exit code 0 means yes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HostCommands {
    /// Loads the new generation beside the one that runs.
    pub load: Vec<String>,
    /// Says whether what was loaded works.
    pub probe: Vec<String>,
    /// Finishes what is being done, and begins nothing new.
    pub quiesce: Vec<String>,
    /// Uses the generation that `current` names now.
    pub swap: Vec<String>,
    /// Says whether that works.
    pub verify: Vec<String>,
    /// Begins new things again.
    pub resume: Vec<String>,
    /// Forgets the generation that was loaded beside.
    pub unload: Vec<String>,
}

impl HostCommands {
    /// The program of a step.
    pub fn of(&self, call: HostCall) -> &[String] {
        match call {
            HostCall::Load => &self.load,
            HostCall::Probe => &self.probe,
            HostCall::Quiesce => &self.quiesce,
            HostCall::Swap => &self.swap,
            HostCall::Verify => &self.verify,
            HostCall::Resume => &self.resume,
            HostCall::Unload => &self.unload,
        }
    }
}

/// Seconds that each step may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HostTimeouts {
    /// Of `load`.
    #[schemars(range(min = 1, max = 3600))]
    pub load: u32,
    /// Of `probe`.
    #[schemars(range(min = 1, max = 3600))]
    pub probe: u32,
    /// Of `quiesce`.
    #[schemars(range(min = 1, max = 3600))]
    pub quiesce: u32,
    /// Of `swap`.
    #[schemars(range(min = 1, max = 3600))]
    pub swap: u32,
    /// Of `verify`.
    #[schemars(range(min = 1, max = 3600))]
    pub verify: u32,
    /// Of `resume`.
    #[schemars(range(min = 1, max = 3600))]
    pub resume: u32,
    /// Of `unload`.
    #[schemars(range(min = 1, max = 3600))]
    pub unload: u32,
}

impl Default for HostTimeouts {
    fn default() -> Self {
        Self { load: 60, probe: 10, quiesce: 30, swap: 30, verify: 30, resume: 30, unload: 30 }
    }
}

impl HostTimeouts {
    /// The limit of a step, seconds.
    pub fn of(&self, call: HostCall) -> u32 {
        match call {
            HostCall::Load => self.load,
            HostCall::Probe => self.probe,
            HostCall::Quiesce => self.quiesce,
            HostCall::Swap => self.swap,
            HostCall::Verify => self.verify,
            HostCall::Resume => self.resume,
            HostCall::Unload => self.unload,
        }
    }
}
