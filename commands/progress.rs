//! Progress bars: only on a terminal, only on stderr.

use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aetherra_maint::host::{NoProgress, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::globals::{Globals, When};

/// How often a bar is drawn, times a second.
const DRAWS_PER_SECOND: u8 = 10;

/// The listener that these flags want.
pub fn listener(globals: &Globals) -> Arc<dyn Progress> {
    let shown = match globals.progress {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            globals.verbosity() >= 0
                && std::io::stderr().is_terminal()
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    };
    if shown { Arc::new(Bar(Mutex::new(None))) } else { Arc::new(NoProgress) }
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
