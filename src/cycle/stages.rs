//! The stages: each calls the function that its subcommand calls.

use std::path::PathBuf;

use super::{Cadence, Call, Done, Looking, Stage, Why};
use crate::context::Context;
use crate::error::{ErrorKind, Result};
use crate::execute::audit_anchor::{Kept, anchor, parse};
use crate::execute::audit_redact::redact_due;
use crate::execute::audit_rotate::{RotateRequest, rotate};
use crate::execute::isolate::Original;
use crate::gate::review::Asker;
use crate::homeostasis::health;
use crate::homeostasis::slo::SloState;
use crate::homeostasis::supervisor::Runlevel;
use crate::incorporation::canary::live::{Seen, look};
use crate::incorporation::canary::source::NoFeed;
use crate::incorporation::classify::{ClassifyRequest, classify as classify_index};
use crate::incorporation::deployment::{Answered, Who, integrate_plan, keep_plan, make_plan, settle};
use crate::incorporation::evaluate::{Request, Wanted, collect as collect_inputs, evaluate, remember};
use crate::incorporation::isolation::{isolate_files, isolation_due};
use crate::incorporation::planner::Options;
use crate::incorporation::regression::{Breach, Found, blamed, look as look_for_regressions, watched_since};
use crate::incorporation::scan::{Depth, Effect, Emptiness, ScanRequest, scan as scan_roots};
use crate::incorporation::trust::verdicts_now;
use crate::incorporation::verification::Standing;
use crate::model::ledger::SeqRange;
use crate::model::{Decision, Digest, StageResult};
use crate::security::rules::Selection;
use crate::store::Reach;

/// Seconds after which a plan that the gate refused is offered again: guards look back one hour.
const OFFER_AGAIN: u32 = 15 * 60;

/// All stages, in the order in which one works on what the one before left.
pub const STAGES: &[Stage] = &[
    Stage {
        name: "scan",
        applies: always,
        cadences: &[Cadence::Every(|watch| watch.rescan_interval), Cadence::Poll(|watch| watch.poll_interval)],
        run: scan,
    },
    Stage { name: "classify", applies: has_files, cadences: &[Cadence::OnChange(index)], run: classify },
    Stage { name: "security-eval", applies: has_files, cadences: &[Cadence::OnChange(judged_by)], run: security_eval },
    Stage { name: "quarantine", applies: isolation_wanted, cadences: &[Cadence::OnChange(wanted)], run: quarantine },
    Stage { name: "canary", applies: trial_open, cadences: &[Cadence::Poll(|_| 1)], run: canary },
    Stage { name: "plan", applies: has_files, cadences: &[Cadence::OnChange(planned_from)], run: plan },
    Stage {
        name: "integrate",
        applies: integration_wanted,
        cadences: &[Cadence::OnChange(newest_plan), Cadence::Every(|_| OFFER_AGAIN)],
        run: integrate,
    },
    Stage {
        name: "collect",
        applies: always,
        cadences: &[Cadence::Every(|watch| watch.collection_interval)],
        run: collect,
    },
    Stage { name: "regression", applies: watched, cadences: &[Cadence::OnChange(newest_health)], run: regression },
    Stage {
        name: "audit verify",
        applies: always,
        cadences: &[Cadence::Every(|watch| watch.audit_interval)],
        run: audit_verify,
    },
    Stage {
        name: "audit anchor",
        applies: has_anchors,
        cadences: &[Cadence::Every(|watch| watch.audit_interval)],
        run: audit_anchor,
    },
    Stage {
        name: "audit rotate",
        applies: rotation_wanted,
        cadences: &[Cadence::Every(|watch| watch.audit_interval)],
        run: audit_rotate,
    },
    Stage {
        name: "audit redact",
        applies: redaction_wanted,
        cadences: &[Cadence::Every(|watch| watch.audit_interval)],
        run: audit_redact,
    },
];

fn always(_: &Looking<'_>) -> Result<bool> {
    Ok(true)
}

fn has_files(looking: &Looking<'_>) -> Result<bool> {
    Ok(looking.store.file_count()? > 0 || looking.store.stage_run_latest("classify")?.is_some())
}

fn isolation_wanted(looking: &Looking<'_>) -> Result<bool> {
    Ok(!isolation_due(looking.settings, looking.store)?.is_empty())
}

/// Whether the operator lets the loop integrate, and there is a plan for what is deployed now.
fn integration_wanted(looking: &Looking<'_>) -> Result<bool> {
    let settings = &looking.settings.incorporation;
    if !settings.auto_integrate || settings.paused || looking.store.trial_open()?.is_some() {
        return Ok(false);
    }
    let plan = looking.store.plan_latest()?.filter(|plan| !plan.is_empty());
    Ok(plan.is_some_and(|plan| looking.store.generation_current().is_ok_and(|now| now == plan.parent.generation)))
}

fn trial_open(looking: &Looking<'_>) -> Result<bool> {
    Ok(looking.store.trial_open()?.is_some())
}

/// Whether something was integrated lately, or a rollback has yet to show that it helped.
fn watched(looking: &Looking<'_>) -> Result<bool> {
    let (store, settings) = (looking.store, &looking.settings.incorporation);
    if store.regressions()?.iter().any(|regression| regression.state == "pending") {
        return Ok(true);
    }
    let Some((newest_ns, _)) = store.samples_latest(health::HEALTH_SCORE, 1)?.first().copied() else {
        return Ok(false);
    };
    Ok(settings.auto_rollback && !store.changes_recent(watched_since(settings, newest_ns))?.is_empty())
}

fn newest_health(looking: &Looking<'_>) -> Result<String> {
    let newest = looking.store.samples_latest(health::HEALTH_SCORE, 1)?;
    Ok(newest.first().map(|(time_ns, _)| time_ns.to_string()).unwrap_or_default())
}

/// Stands for what is in the index.
fn index(looking: &Looking<'_>) -> Result<String> {
    Ok(looking.store.index_digest()?.short())
}

/// Stands for what is in the index and how it is judged.
fn judged_by(looking: &Looking<'_>) -> Result<String> {
    let settings =
        serde_json::json!([looking.settings.security, looking.settings.trust_mode, looking.store.place()]).to_string();
    let version = Digest::of(format!("{} {settings}", env!("CARGO_PKG_VERSION")).as_bytes());
    Ok(format!("{} {}", index(looking)?, version.short()))
}

/// Stands for the files that are to be isolated.
fn wanted(looking: &Looking<'_>) -> Result<String> {
    let paths: Vec<String> =
        isolation_due(looking.settings, looking.store)?.into_iter().map(|isolation| isolation.path).collect();
    Ok(Digest::of(paths.join("\n").as_bytes()).short())
}

/// Stands for all that a plan is made from.
fn planned_from(looking: &Looking<'_>) -> Result<String> {
    let store = looking.store;
    let parts = serde_json::json!([
        store.index_digest()?,
        store.classification_basis()?,
        verdicts_now(looking.settings, store)?,
        store.generation_current()?,
        store.quarantine_paths()?,
        looking.settings.incorporation,
    ]);
    Ok(Digest::of(parts.to_string().as_bytes()).short())
}

fn newest_plan(looking: &Looking<'_>) -> Result<String> {
    Ok(looking.store.plan_latest()?.map(|plan| plan.id).unwrap_or_default())
}

fn done(result: StageResult, detail: String) -> Result<Done> {
    Ok(Done { result, detail, nothing: false })
}

/// The loop acts for itself, and no person has approved.
fn the_loop() -> Who {
    Who { asker: Asker::Loop, approved_by: None }
}

fn scan(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    let depth = if call.why == Why::Time { Depth::Full } else { Depth::Changed };
    let request = ScanRequest {
        project: call.project.to_path_buf(),
        roots: None,
        depth,
        effect: Effect::Record,
        emptiness: Emptiness::Doubted,
    };
    let outcome = scan_roots(context, &request)?;
    let result = if outcome.is_incomplete() { StageResult::Negative } else { StageResult::Ok };
    let detail = format!("{} files, {} changes", outcome.files, outcome.changes.len());
    Ok(Done { result, detail, nothing: outcome.audit.is_none() })
}

fn classify(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    let request = ClassifyRequest { project: call.project.to_path_buf(), effect: Effect::Record };
    let classified = classify_index(context, &request)?;
    done(StageResult::Ok, format!("{} files, {} classes written", classified.files.len(), classified.written))
}

fn security_eval(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    let roots = context.settings.scan.roots.iter().map(PathBuf::from).collect();
    let inputs = collect_inputs(call.project, context.host, &Wanted::Paths(roots), context.settings.trust_mode.into())?;
    let request = Request { inputs, selection: Selection::default(), baseline: None, remember: true };
    let evaluated = evaluate(context.settings, context.host, Some(context.store), request)?;
    remember(context.store, context.trace_id, &evaluated)?;
    let count = |decision: Decision| evaluated.files.iter().filter(|(_, verdict)| verdict.decision == decision).count();
    let refused = count(Decision::Reject) + count(Decision::Quarantine);
    let result = if refused > 0 { StageResult::Negative } else { StageResult::Ok };
    done(result, format!("{} files judged, {refused} refused", evaluated.files.len()))
}

fn quarantine(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    settle(context)?;
    let due = isolation_due(context.settings, context.store)?;
    let isolated = isolate_files(context, call.project, due, Original::Stay, &the_loop())?;
    let (count, removed) = (isolated.items.len(), isolated.removed.len());
    Ok(Done { result: StageResult::Ok, detail: format!("{count} files isolated"), nothing: count + removed == 0 })
}

fn plan(context: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    let plan = match make_plan(context, &Options::default()) {
        Err(error) if error.kind == ErrorKind::NoInputs => return done(StageResult::Ok, "nothing to plan".to_owned()),
        made => made?,
    };
    if context.store.plan_latest()?.is_none_or(|latest| latest.id != plan.id) {
        keep_plan(context, &plan)?;
    }
    done(StageResult::Ok, format!("{} steps, {} left out", plan.steps.len(), plan.report.left_out.len()))
}

fn integrate(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    settle(context)?;
    let Some(plan) = context.store.plan_latest()? else {
        return done(StageResult::Ok, "no plan".to_owned());
    };
    if let Some(component) = blamed(context, &plan)? {
        let detail = format!("`{component}` was taken back in this form; a person lets it in again");
        return done(StageResult::Negative, detail);
    }
    match integrate_plan(context, call.project, &plan, &the_loop())? {
        Answered::Made(changed) => {
            let warning = Standing::of(context.settings, context.host).warning();
            let said = warning.map(|warning| format!("; {warning}")).unwrap_or_default();
            done(StageResult::Ok, format!("generation {}{said}", changed.to))
        }
        Answered::Denied(denial) => {
            let reasons: Vec<&str> = denial.reasons.iter().map(|denied| denied.detail.as_str()).collect();
            done(StageResult::Negative, reasons.join("; "))
        }
    }
}

/// Goes on with the trial, whoever opened it.
fn canary(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    settle(context)?;
    let (detail, nothing, result) = match look(context, call.project, &mut NoFeed)? {
        Seen::Nothing => ("nothing is on trial".to_owned(), true, StageResult::Ok),
        Seen::NotDue(trial) | Seen::Running(trial) => {
            (format!("generation {} is on trial", trial.generation), true, StageResult::Ok)
        }
        Seen::Ended(trial, changed) => {
            let reason = trial.verdict.and_then(|verdict| verdict.reasons.into_iter().next()).unwrap_or_default();
            let result = if changed.is_some() { StageResult::Ok } else { StageResult::Negative };
            (format!("generation {} {}: {reason}", trial.generation, trial.state.word()), false, result)
        }
    };
    Ok(Done { result, detail, nothing })
}

/// Takes an integration back when the system got worse after it, and tells whether that helped.
fn regression(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    settle(context)?;
    let health = health::last(context.store, context.settings)?;
    let slos = health.into_iter().flat_map(|(_, health)| health.slos);
    let breaches: Vec<Breach> = slos
        .filter(|verdict| verdict.state == SloState::Breached)
        .filter_map(|verdict| Some(Breach { metric: verdict.metric, since_ns: verdict.since_ns? }))
        .collect();
    match look_for_regressions(context, call.project, &breaches)? {
        Found::Nothing => Ok(Done { result: StageResult::Ok, detail: "nothing got worse".to_owned(), nothing: true }),
        Found::TakenBack(regression, changed) => {
            done(StageResult::Negative, format!("generation {} again: {}", changed.to, regression.reason))
        }
        Found::Left(why) => done(StageResult::Negative, why),
        Found::Judged(judged) => {
            let helped = judged.iter().all(|regression| regression.state == "recovered");
            let words = judged.iter().map(|one| format!("after generation {}: {}", one.generation, one.state));
            let detail = words.collect::<Vec<_>>().join("; ");
            done(if helped { StageResult::Ok } else { StageResult::Negative }, detail)
        }
    }
}

fn has_anchors(looking: &Looking<'_>) -> Result<bool> {
    Ok(!looking.settings.audit.anchors.is_empty())
}

fn audit_anchor(context: &mut Context<'_>, call: &Call<'_>) -> Result<Done> {
    let (places, keys) = parse(&context.settings.audit.anchors, &context.settings.audit.witness_keys)?;
    let (places, _) = anchor(context, call.project, &places, &keys)?;
    let lost: Vec<String> = places
        .iter()
        .filter(|place| place.kept != Kept::Written)
        .map(|place| format!("{}: {}", place.place, place.detail))
        .collect();
    match lost.first() {
        None => done(StageResult::Ok, format!("kept at {} places", places.len())),
        Some(_) => done(StageResult::Negative, lost.join("; ")),
    }
}

fn rotation_wanted(looking: &Looking<'_>) -> Result<bool> {
    Ok(looking.settings.audit.keep_days > 0)
}

fn audit_rotate(context: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    let due = RotateRequest::due(&context.settings.audit, context.host.clock.now_ns());
    match due.map(|request| rotate(context, &request)).transpose()?.flatten() {
        Some((rotation, _)) => done(StageResult::Ok, format!("the entries {} were moved", rotation.range)),
        None => Ok(Done { result: StageResult::Ok, detail: "nothing to move".to_owned(), nothing: true }),
    }
}

fn redaction_wanted(looking: &Looking<'_>) -> Result<bool> {
    Ok(looking.settings.audit.redact_after_days > 0)
}

fn audit_redact(context: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    let (redaction, head) = redact_due(context)?;
    let entries: u64 = redaction.ranges.iter().map(SeqRange::count).sum();
    let detail = format!("the details of {entries} entries were erased");
    Ok(Done { result: StageResult::Ok, detail, nothing: head.is_none() })
}

fn audit_verify(context: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    let check = context.store.ledger_verify(&[], Reach::Whole)?;
    if let Some(fault) = check.fault {
        let at = fault.seq.map_or(String::new(), |seq| format!(" at entry {seq}"));
        return done(StageResult::Negative, format!("the chain is broken{at}: {}", fault.message));
    }
    if let Some(position) = &check.position {
        context.store.ledger_position_keep(position)?;
    }
    done(StageResult::Ok, format!("{} entries, the chain holds", check.size))
}

fn collect(context: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    let (checkup, _) = health::collect(context)?;
    let runlevel = checkup.health.runlevel;
    let result = if runlevel == Runlevel::Online { StageResult::Ok } else { StageResult::Negative };
    done(result, runlevel.word().to_owned())
}
