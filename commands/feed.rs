//! What is piped in while a command runs.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use aetherra_maint::incorporation::canary::source::Feed;

/// Bytes that wait to be looked at; what comes beyond that is read and thrown away, so that the other side does
/// not hang.
const MAX_WAITING: usize = 64 * 1024 * 1024;

/// Standard input, read on a thread of its own.
pub struct Piped {
    waiting: Arc<Mutex<Vec<u8>>>,
    ended: std::thread::JoinHandle<()>,
}

impl Piped {
    /// Begins to read.
    pub fn start() -> Self {
        let waiting = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&waiting);
        let ended = std::thread::spawn(move || {
            let (mut input, mut buffer) = (std::io::stdin().lock(), [0; 64 * 1024]);
            loop {
                match input.read(&mut buffer) {
                    Ok(0) => return,
                    Ok(count) => {
                        let mut waiting = shared.lock().unwrap_or_else(PoisonError::into_inner);
                        let room = MAX_WAITING.saturating_sub(waiting.len()).min(count);
                        waiting.extend_from_slice(buffer.get(..room).unwrap_or_default());
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(_) => return,
                }
            }
        });
        Self { waiting, ended }
    }
}

impl Feed for Piped {
    fn take(&mut self) -> Vec<u8> {
        let is_over = self.ended.is_finished();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // The last line may still be on its way.
        let end = match waiting.iter().rposition(|byte| *byte == b'\n') {
            _ if is_over => waiting.len(),
            Some(at) => at + 1,
            None => 0,
        };
        waiting.drain(..end).collect()
    }
}
