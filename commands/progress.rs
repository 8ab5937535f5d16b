//! Progress: bars on a terminal, lines where `--progress always` asks for it elsewhere; only on stderr.

use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aetherra_maint::host::{NoProgress, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::globals::{Globals, When};
use crate::streams::Talk;

/// How often a bar is drawn, times a second.
const DRAWS_PER_SECOND: u8 = 10;

/// So many times a piece of work is told of where no bar can be drawn.
const LINES: u64 = 10;

/// The listener that these flags want.
pub fn listener(globals: &Globals) -> Arc<dyn Progress> {
    // A bar moves the cursor, which a file or a pipe has not.
    let can_draw = std::io::stderr().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| !term.is_empty() && term != "dumb");
    match globals.progress {
        When::Auto if globals.verbosity() >= 0 && can_draw => Arc::new(Bar(Mutex::new(None))),
        When::Always if can_draw => Arc::new(Bar(Mutex::new(None))),
        When::Always => Arc::new(Lines { talk: Talk::new(globals), work: Mutex::new(None) }),
        When::Auto | When::Never => Arc::new(NoProgress),
    }
}

/// A line now and then.
struct Lines {
    talk: Talk,
    work: Mutex<Option<Work>>,
}

/// A piece of work under way.
struct Work {
    what: String,
    total: u64,
    done: u64,
}

impl Progress for Lines {
    fn begin(&self, what: &str, total: Option<u64>) {
        let work = total.map(|total| Work { what: what.to_owned(), total, done: 0 });
        *self.work.lock().unwrap_or_else(PoisonError::into_inner) = work;
        match total {
            Some(total) => self.talk.line(&format!("{what}: 0 of {total}")),
            None => self.talk.line(what),
        }
    }

    fn advance(&self, by: u64) {
        if let Some(work) = &mut *self.work.lock().unwrap_or_else(PoisonError::into_inner) {
            let step = work.total.div_ceil(LINES).max(1);
            let before = work.done / step;
            work.done += by;
            if work.done / step > before || work.done == work.total {
                self.talk.line(&format!("{}: {} of {}", work.what, work.done, work.total));
            }
        }
    }

    fn finish(&self) {
        *self.work.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    fn replace(&self, bar: Option<ProgressBar>) {
        let previous = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), bar);
        if let Some(previous) = previous {
            previous.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn begin(&self, what: &str, total: Option<u64>) {
        let target = ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND);
        let bar = ProgressBar::with_draw_target(total, target).with_message(what.to_owned());
        let template =
            if total.is_some() { "{msg} {wide_bar} {human_pos}/{human_len}" } else { "{spinner} {msg} {human_pos}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        self.replace(Some(bar));
    }

    fn advance(&self, by: u64) {
        if let Some(bar) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            bar.inc(by);
        }
    }

    fn finish(&self) {
        self.replace(None);
    }
}
