//! Where observations come from: what is piped in or a file that grows, an endpoint in the text format of
//! Prometheus, or the measurements of the state. A source that is silent is no data, and no data never passes.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::evidence::{Evidence, News, Side};
use super::exposition::{Series, parse, parse_name};
use crate::context::Context;
use crate::host::Host;
use crate::host::disk::open_regular;
use crate::host::http::Request;
use crate::model::CanaryTrial;

/// The metric under which the health of the whole system is remembered.
const HEALTH_SCORE: &str = "system_health_score";

/// Bytes of a file that are read in one look; the rest waits for the next.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What stands for what is piped in, as the input of a trial.
pub const PIPED: &str = "-";

/// Complete lines that were piped in since they were last asked for.
pub trait Feed {
    /// Takes them.
    fn take(&mut self) -> Vec<u8>;
}

/// Nothing is piped in.
pub struct NoFeed;

impl Feed for NoFeed {
    fn take(&mut self) -> Vec<u8> {
        Vec::new()
    }
}

/// Looks at everything that is new.
pub fn observe(
    context: &Context<'_>,
    project: &Path,
    trial: &CanaryTrial,
    evidence: &mut Evidence,
    feed: &mut dyn Feed,
) -> crate::Result<()> {
    let mut news = News::default();
    let sides = Sides { canary: trial.generation, stable: trial.stable };
    match trial.input.as_deref() {
        Some(PIPED) => read_lines(&feed.take(), sides, evidence, &mut news, context.host),
        Some(file) => read_file(&project.join(file), sides, evidence, &mut news, context.host),
        None => match evidence.settings.prometheus_url.clone() {
            Some(url) => read_endpoint(&url, sides, evidence, &mut news, context.host),
            None => read_store(context, sides, evidence, &mut news)?,
        },
    }
    evidence.close(news);
    Ok(())
}

/// The generations of both sides.
#[derive(Clone, Copy)]
struct Sides {
    canary: u64,
    stable: u64,
}

impl Sides {
    fn of(self, generation: u64) -> Option<Side> {
        match generation {
            number if number == self.canary => Some(Side::Canary),
            number if number == self.stable => Some(Side::Stable),
            _ => None,
        }
    }
}

/// One line of what is piped in: a request, or a summary of several.
#[derive(Deserialize)]
struct Line {
    generation: u64,
    /// Whether the one request succeeded.
    ok: Option<bool>,
    requests: Option<u64>,
    failures: Option<u64>,
    health: Option<f64>,
    #[serde(default)]
    metrics: BTreeMap<String, OneOrMany>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(f64),
    Many(Vec<f64>),
}

impl Line {
    /// Requests and failures, if they make sense.
    fn counts(&self) -> Option<(u64, u64)> {
        let (requests, failures) = match (self.ok, self.requests) {
            (Some(_), Some(_)) => return None,
            (Some(ok), None) => (1, u64::from(!ok)),
            (None, requests) => (requests.unwrap_or(0), self.failures.unwrap_or(0)),
        };
        (failures <= requests).then_some((requests, failures))
    }
}

fn read_lines(bytes: &[u8], sides: Sides, evidence: &mut Evidence, news: &mut News, host: &Host) {
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let line: Line = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => {
                evidence.trouble(format!("a line is no observation: {error}"));
                continue;
            }
        };
        let Some(side) = sides.of(line.generation) else { continue };
        match line.counts() {
            Some((requests, failures)) => evidence.count(news, side, requests, failures),
            None => evidence.trouble("a line tells of more failures than requests, or of one request and of several"),
        }
        if let Some(health) = line.health.filter(|_| side == Side::Canary) {
            evidence.healthy(health);
        }
        for (name, values) in line.metrics {
            match values {
                OneOrMany::One(value) => evidence.value(side, &name, value, host),
                OneOrMany::Many(values) => {
                    values.into_iter().for_each(|value| evidence.value(side, &name, value, host));
                }
            }
        }
    }
}

fn read_file(path: &Path, sides: Sides, evidence: &mut Evidence, news: &mut News, host: &Host) {
    let read = || -> std::io::Result<(u64, Vec<u8>)> {
        let mut file = open_regular(path)?;
        // A file that became shorter was begun anew.
        let start = if file.metadata()?.len() < evidence.offset { 0 } else { evidence.offset };
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
        Ok((start, bytes))
    };
    match read() {
        Ok((start, bytes)) => {
            // The last line may still be being written.
            let complete = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            read_lines(bytes.get(..complete).unwrap_or_default(), sides, evidence, news, host);
            evidence.offset = start.saturating_add(complete as u64);
        }
        Err(error) => evidence.trouble(format!("`{}` cannot be read: {error}", path.display())),
    }
}

fn read_series(series: &[Series], sides: Sides, evidence: &mut Evidence, news: &mut News, host: &Host) {
    for series in series {
        if let Some(side) = series.generation().and_then(|generation| sides.of(generation)) {
            evidence.series(news, side, series, host);
        }
    }
}

fn read_endpoint(url: &str, sides: Sides, evidence: &mut Evidence, news: &mut News, host: &Host) {
    let timeout = Duration::from_secs(evidence.settings.prometheus_timeout.max(1).into());
    match host.http.send(&Request::get(url).within(timeout)) {
        Ok(answer) if answer.is_good() => {
            read_series(&parse(&String::from_utf8_lossy(&answer.body)), sides, evidence, news, host);
        }
        Ok(answer) => evidence.trouble(format!("`{url}` answered with status {}", answer.status)),
        Err(error) => evidence.trouble(error.message),
    }
}

fn read_store(context: &Context<'_>, sides: Sides, evidence: &mut Evidence, news: &mut News) -> crate::Result<()> {
    let since_ns = evidence.seen_ns;
    for (time_ns, metric, value) in context.store.samples_of_generations(since_ns)? {
        evidence.seen_ns = evidence.seen_ns.max(time_ns);
        let Some((name, labels, _)) = parse_name(&metric) else { continue };
        read_series(&[Series { name, labels, value }], sides, evidence, news, context.host);
    }
    let newest = context.store.samples_latest(HEALTH_SCORE, 1)?;
    if let Some((_, health)) = newest.first().filter(|(time_ns, _)| *time_ns > since_ns) {
        evidence.healthy(*health);
    }
    Ok(())
}
