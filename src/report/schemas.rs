//! The JSON Schema of every report: the envelope with the report's own `data`.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

use crate::homeostasis::health::Checkup;

/// The schema of a type within a generator that collects what it refers to.
type DataSchema = fn(&mut SchemaGenerator) -> schemars::Schema;

/// Every report: the name in its `schema` field, and the shape of its `data`. One line a report.
pub const SCHEMAS: &[(&str, DataSchema)] = &[
    ("audit-anchor/v1", of::<super::audit_outside::AuditAnchor>),
    ("audit-checkpoint/v1", of::<super::audit::AuditCheckpoint>),
    ("audit-export/v1", of::<super::audit_life::AuditExport>),
    ("audit-import/v1", of::<super::audit::AuditImport>),
    ("audit-log/v1", of::<super::audit::AuditLog>),
    ("audit-proof/v1", of::<super::audit_outside::AuditProof>),
    ("audit-prove/v1", of::<super::audit_outside::AuditProve>),
    ("audit-redact/v1", of::<super::audit_life::AuditRedact>),
    ("audit-rotate/v1", of::<super::audit_life::AuditRotate>),
    ("audit-segment/v1", of::<super::audit_life::AuditSegment>),
    ("audit-show/v1", of::<super::audit::AuditShow>),
    ("audit-verify/v1", of::<super::audit::AuditVerify>),
    ("audit-witness/v1", of::<super::audit_outside::AuditWitness>),
    ("baseline/v1", of::<super::baseline::BaselineReport>),
    ("canary-simulate/v1", of::<super::canary::CanarySimulation>),
    ("canary/v1", of::<super::canary::CanaryReport>),
    ("classify/v1", of::<super::classify::ClassifyReport>),
    ("completions/v1", of::<super::generated::CompletionScript>),
    ("config-check/v1", of::<super::config::ConfigCheck>),
    ("config-show/v1", of::<super::config::ConfigShow>),
    ("demo/v1", of::<crate::demo::Story>),
    ("doctor/v1", of::<super::doctor::DoctorReport>),
    (super::envelope::ERROR_SCHEMA, of::<()>),
    ("explain/v1", of::<super::explain::ExplainReport>),
    ("generations-gc/v1", of::<super::generations::GenerationGc>),
    ("generations-route/v1", of::<super::generations::GenerationRoute>),
    ("generations-show/v1", of::<super::generations::GenerationShown>),
    ("generations-verify/v1", of::<super::generations::GenerationsVerified>),
    ("generations/v1", of::<super::generations::GenerationList>),
    ("health/v1", of::<Checkup>),
    ("help/v1", of::<super::help::HelpText>),
    ("init/v1", of::<super::init::InitReport>),
    ("integrate/v1", of::<super::integrate::IntegrateReport>),
    ("man/v1", of::<super::generated::ManualPage>),
    ("plan/v1", of::<super::plan::PlanReport>),
    ("policy-check/v1", of::<super::policy::PolicyCheck>),
    ("policy-test/v1", of::<crate::incorporation::policy_trial::PolicyTrial>),
    ("quarantine-change/v1", of::<super::quarantine::QuarantineChange>),
    ("quarantine/v1", of::<super::quarantine::QuarantineList>),
    ("rollback/v1", of::<super::rollback::RollbackReport>),
    ("scan-restore/v1", of::<super::scan::RestoreReport>),
    ("scan/v1", of::<super::scan::ScanReport>),
    ("schema/v1", of::<super::schema::SchemaReport>),
    ("security-eval/v1", of::<super::security_eval::SecurityReport>),
    ("security-fix/v1", of::<super::security_fix::SecurityFix>),
    ("skipped-run/v1", of::<super::skipped_run::SkippedRun>),
    ("state-backup/v1", of::<super::state::StateBackup>),
    ("state-info/v1", of::<super::state::StateInfo>),
    ("state-migrate/v1", of::<super::state::StateMigration>),
    ("status/v1", of::<super::status::StatusReport>),
    ("trust/v1", of::<super::trust::TrustReport>),
    ("watch/v1", of::<super::watch::WatchReport>),
];

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<T>()
}

/// The schema of the documents whose `schema` field is `name`; `status` stands for its newest version.
pub fn schema_document(name: &str) -> Option<Value> {
    let (name, data) = SCHEMAS
        .iter()
        .rev()
        .find(|(known, _)| *known == name || known.split_once('/').is_some_and(|(word, _)| word == name))?;
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let data = data(&mut generator);
    let mut document = generator.into_root_schema_for::<super::envelope::Envelope>();
    document.insert("title".to_owned(), json!(name));
    if let Some(properties) = document.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("schema".to_owned(), json!({"const": name}));
        properties.insert("data".to_owned(), data.to_value());
    }
    Some(document.to_value())
}

/// The file in `schemas/` that holds the schema of a name.
pub fn schema_file(name: &str) -> String {
    format!("{}.json", name.replace('/', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_single() {
        assert!(SCHEMAS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn short_names_stand_for_the_newest_version() {
        assert_eq!(schema_document("status"), schema_document("status/v1"));
        assert!(schema_document("nonsense").is_none());
    }
}
