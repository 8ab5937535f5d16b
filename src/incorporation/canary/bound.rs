//! The highest failure rate that is still believable (Clopper and Pearson, 1934).

/// The upper bound of a failure rate after `failures` of `requests`, which is too low with a probability of at
/// most `alpha`. Without requests it is 1.
pub fn upper(failures: u64, requests: u64, alpha: f64) -> f64 {
    if requests == 0 || failures >= requests {
        return 1.0;
    }
    // The bound is the rate at which so few failures have the probability alpha: the CDF falls with the rate.
    let (mut low, mut high) = (failures as f64 / requests as f64, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at_most(failures, requests, middle) > alpha { low = middle } else { high = middle }
    }
    high
}

/// The probability of at most `failures` among `requests` at this rate.
fn at_most(failures: u64, requests: u64, rate: f64) -> f64 {
    // P(X ≤ k) is the regularised incomplete beta function at 1 − p with a = n − k, b = k + 1.
    beta(1.0 - rate, (requests - failures) as f64, failures as f64 + 1.0)
}

/// The regularised incomplete beta function, by its continued fraction (modified Lentz).
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on one side of the mean, and the function is symmetric.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta(1.0 - x, b, a);
    }
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..10_000 {
        let m = f64::from(step);
        for factor in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / guard(1.0 + factor * d);
            c = guard(1.0 + factor / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    (front.exp() * fraction / a).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_failure_459_requests_bound_one_percent_at_one_percent() {
        assert!(upper(0, 459, 0.01) <= 0.01);
        assert!(upper(0, 458, 0.01) > 0.01);
    }

    #[test]
    fn without_a_failure_the_bound_has_a_closed_form() {
        for requests in [1, 10, 100, 1000, 100_000] {
            let expected = 1.0 - 0.05_f64.powf(1.0 / requests as f64);
            assert!((upper(0, requests, 0.05) - expected).abs() < 1e-9, "{requests}");
        }
    }

    #[test]
    fn the_bound_solves_its_equation() {
        // Checked against the plain sum of the binomial distribution.
        for (failures, requests, alpha) in [(1_u64, 20_u64, 0.05_f64), (5, 100, 0.01), (17, 60, 0.025)] {
            let rate = upper(failures, requests, alpha);
            let mut term = (1.0 - rate).powi(i32::try_from(requests).unwrap());
            let mut sum = term;
            for k in 0..failures {
                term *= (requests - k) as f64 / (k + 1) as f64 * rate / (1.0 - rate);
                sum += term;
            }
            assert!((sum - alpha).abs() < 1e-9, "{sum}");
        }
    }

    #[test]
    fn nothing_bounds_nothing() {
        assert!(upper(0, 0, 0.01) >= 1.0);
        assert!(upper(3, 3, 0.01) >= 1.0);
    }
}
