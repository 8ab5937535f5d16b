//! Asking other programs over HTTP.
//!
//! Every request has a time limit over all of it and a limit on what is kept of the answer. No redirect is
//! followed and no proxy of the environment is used: what is asked is what the operator configured.

use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::Stop;
use crate::error::{Error, ErrorKind, Result};

/// How often a request that waits looks whether the run is asked to stop.
const LOOK: Duration = Duration::from_millis(50);

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where: an `http` address.
    pub url: String,
    /// A JSON body, which makes it a POST; without one it is a GET.
    pub body: Option<String>,
    /// How long all of it may take.
    pub timeout: Duration,
    /// A longer answer is refused, bytes.
    pub max_bytes: u64,
    /// What ends it before its time, if anything does.
    pub stop: Option<Stop>,
}

impl Request {
    /// A GET with five seconds and eight mebibytes.
    pub fn get(url: impl Into<String>) -> Self {
        Self { url: url.into(), body: None, timeout: Duration::from_secs(5), max_bytes: 8 * 1024 * 1024, stop: None }
    }

    /// A POST of a JSON document with the same limits.
    pub fn post(url: impl Into<String>, body: &serde_json::Value) -> Self {
        Self { body: Some(body.to_string()), ..Self::get(url) }
    }

    /// Sets how long it may take.
    #[must_use]
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status, such as 200.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// Whether the status is one of success.
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Something that asks over HTTP.
pub trait Http: Send + Sync {
    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// When there is no complete answer in time, or before the run is asked to stop. A status that means failure is
    /// no error.
    fn send(&self, request: &Request) -> Result<Response>;
}

/// The network of the machine.
pub struct SystemHttp;

impl Http for SystemHttp {
    fn send(&self, request: &Request) -> Result<Response> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(request.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build();
        let agent: ureq::Agent = config.into();
        let Some(stop) = &request.stop else { return exchange(&agent, request) };
        // Nothing can be asked while a socket is waited for, so that another thread waits.
        let (sender, receiver) = mpsc::channel();
        let (theirs, wanted) = (agent.clone(), request.clone());
        std::thread::spawn(move || sender.send(exchange(&theirs, &wanted)));
        loop {
            match receiver.recv_timeout(LOOK) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => return Err(Error::bug("a request ended without an answer")),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Err(stopped) = stop.check() {
                // The other side sees that nobody waits any more, and can be asked something else.
                agent.shutdown();
                return Err(stopped);
            }
        }
    }
}

/// Asks, and waits for the whole answer.
fn exchange(agent: &ureq::Agent, request: &Request) -> Result<Response> {
    let answer = match &request.body {
        None => agent.get(&request.url).call(),
        Some(body) => agent.post(&request.url).content_type("application/json").send(body.as_str()),
    };
    let mut answer = answer.map_err(|error| unreachable_error(request, &error.to_string()))?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(request.max_bytes).read_to_vec();
    let body = body.map_err(|error| unreachable_error(request, &error.to_string()))?;
    Ok(Response { status, body })
}

fn unreachable_error(request: &Request, why: &str) -> Error {
    Error::new(ErrorKind::Incomplete, "http-failed", format!("asking `{}` failed: {why}", request.url))
        .hinted("check that the address is right and that something answers there")
}

/// What a fake network answers.
pub type Script = dyn Fn(&Request) -> Result<Response> + Send + Sync;

/// A network for tests: answers from a script, and remembers what was asked.
pub struct FakeHttp {
    script: Box<Script>,
    asked: Mutex<Vec<Request>>,
}

impl FakeHttp {
    /// A network that answers as `script` says.
    pub fn new(script: impl Fn(&Request) -> Result<Response> + Send + Sync + 'static) -> Self {
        Self { script: Box::new(script), asked: Mutex::default() }
    }

    /// A network on which nothing answers.
    pub fn none() -> Self {
        Self::new(|request| Err(unreachable_error(request, "nothing answers")))
    }

    /// Every request, in order.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Http for FakeHttp {
    fn send(&self, request: &Request) -> Result<Response> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        (self.script)(request)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    /// Answers one request with this text, and returns the address.
    #[expect(clippy::disallowed_methods, reason = "a server for one test")]
    fn server(answer: &'static str) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer);
            let _ = stream.write_all(answer.as_bytes());
        });
        format!("http://{address}/")
    }

    #[test]
    fn an_answer_comes_back_whatever_its_status() {
        let url = server("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy");
        let answer = SystemHttp.send(&Request::get(url)).unwrap();
        assert_eq!((answer.status, answer.body.as_slice(), answer.is_good()), (503, &b"busy"[..], false));
    }

    #[test]
    fn a_redirect_is_not_followed_and_too_long_an_answer_is_refused() {
        let url = server("HTTP/1.1 302 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(SystemHttp.send(&Request::get(url)).unwrap().status, 302);
        let url = server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789");
        let error = SystemHttp.send(&Request { max_bytes: 5, ..Request::get(url) }).unwrap_err();
        assert_eq!(error.code, "http-failed");
    }

    #[test]
    fn silence_ends_with_the_time_limit() {
        let url = server("");
        let error = SystemHttp.send(&Request::get(url).within(Duration::from_millis(300))).unwrap_err();
        assert_eq!(error.code, "http-failed");
    }

    #[test]
    fn a_request_to_stop_ends_the_wait() {
        use std::sync::Arc;
        use std::sync::atomic::{AtomicUsize, Ordering};
        let signal = Arc::new(AtomicUsize::new(0));
        let stop = Some(Stop::on_signal(Arc::clone(&signal)));
        let url = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        let answer = SystemHttp.send(&Request { stop: stop.clone(), ..Request::get(url) }).unwrap();
        assert_eq!(answer.body, b"ok");
        // Connections are taken, and nobody ever answers.
        #[expect(clippy::disallowed_methods, reason = "a server for one test")]
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let request = Request { stop, ..Request::get(format!("http://{}/", listener.local_addr().unwrap())) };
        let (mut stream, error) = std::thread::scope(|scope| {
            let waiting = scope.spawn(|| SystemHttp.send(&request.within(Duration::from_secs(3600))));
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            signal.store(15, Ordering::Relaxed);
            (stream, waiting.join().unwrap().unwrap_err())
        });
        assert_eq!(error.kind, ErrorKind::Interrupted(15));
        assert_eq!(stream.read(&mut [0]).unwrap(), 0, "the other side is told");
    }
}
