//! The judge against values that Kayenta publishes in the tests of its Mann–Whitney test, which it made with R's
//! `wilcox.test` (spinnaker/kayenta, `MannWhitneySuite`: the two comparisons with R, and the one with intermediate
//! values). Its solver stops within 1e-4 of where the statistic jumps, so that is how far the ends may be apart.

use super::judge::{shift, standardised};

/// How far the solver of Kayenta and R may be from where the statistic jumps.
const SOLVER: f64 = 1e-4;

fn values(counted: &[(f64, usize)]) -> Vec<f64> {
    counted.iter().flat_map(|&(value, count)| std::iter::repeat_n(value, count)).collect()
}

fn near(found: f64, published: f64, within: f64, what: &str) {
    assert!((found - published).abs() <= within, "{what}: {found}, published {published}");
}

#[test]
fn the_intervals_are_those_that_were_published() {
    let cases = [
        (STABLE_1, CANARY_1, 0.95, -0.500_002_521_696_696, -3.486_287_505_871_302e-5),
        (STABLE_2, CANARY_2, 0.98, -0.499_917_325_054_908_7, -6.912_685_789_769_486e-6),
        (STABLE_3, CANARY_3, 0.95, 3.521_755_377_702_165e-5, 2.024_564_616_623_34e-5),
    ];
    for (at, (stable, canary, confidence, low, high)) in cases.into_iter().enumerate() {
        let found = shift(&values(stable), &values(canary), confidence).unwrap();
        near(found.low, low, SOLVER, &format!("lower end of {at}"));
        near(found.high, high, SOLVER, &format!("upper end of {at}"));
    }
}

#[test]
fn the_estimates_are_those_of_r() {
    let cases = [
        (STABLE_1, CANARY_1, -0.499_939_390_718_032_3),
        (STABLE_2, CANARY_2, -3.450_440_827_293_15e-5),
        (STABLE_3, CANARY_3, 2.627_924_304_515_565_3e-5),
    ];
    for (at, (stable, canary, estimate)) in cases.into_iter().enumerate() {
        let found = shift(&values(stable), &values(canary), 0.95).unwrap();
        near(found.estimate, estimate, SOLVER, &format!("estimate of {at}"));
    }
}

#[test]
fn the_statistic_at_both_ends_is_that_of_r() {
    let (stable, canary) = (values(STABLE_3), values(CANARY_3));
    let (low, high) = (-3.124_999_999_999_986, 5.555_555_555_555_557);
    let z = 1.959_963_984_540_053_6;
    let published = [
        (low, z, 17.090_968_923_762_254),
        (high, z, -20.997_687_930_433_106),
        (low, -z, 21.010_896_892_842_36),
        (high, -z, -17.077_759_961_353),
    ];
    for (by, quantile, statistic) in published {
        near(standardised(&stable, &canary, by, 0.5) - quantile, statistic, 1e-6, "statistic");
    }
}

const STABLE_1: &[(f64, usize)] = &[
    (1.5, 2),
    (2.0, 16),
    (2.5, 18),
    (3.0, 16),
    (3.5, 10),
    (4.0, 8),
    (4.5, 4),
    (5.0, 6),
    (5.5, 2),
    (6.0, 5),
    (8.0, 1),
    (15.5, 1),
    (54.5, 1),
];

const CANARY_1: &[(f64, usize)] = &[
    (1.5, 9),
    (2.0, 16),
    (2.5, 22),
    (3.0, 17),
    (3.5, 9),
    (4.0, 5),
    (4.5, 1),
    (5.0, 3),
    (5.5, 1),
    (6.0, 2),
    (6.5, 2),
    (7.0, 1),
    (7.5, 1),
    (16.5, 1),
];

const STABLE_2: &[(f64, usize)] = &[
    (0.0, 1),
    (0.5, 7),
    (1.0, 32),
    (1.5, 70),
    (2.0, 33),
    (2.5, 22),
    (3.0, 6),
    (3.5, 2),
    (4.0, 3),
    (4.5, 1),
    (5.5, 1),
    (7.0, 1),
    (7.5, 1),
];

const CANARY_2: &[(f64, usize)] = &[
    (0.5, 20),
    (1.0, 41),
    (1.5, 67),
    (2.0, 37),
    (2.5, 3),
    (3.0, 2),
    (3.5, 3),
    (4.0, 1),
    (5.0, 1),
    (5.5, 3),
    (8.5, 1),
    (19.0, 1),
];

const STABLE_3: &[(f64, usize)] = &[
    (0.0, 193),
    (1.388_888_888_888_885_7, 1),
    (1.470_588_235_294_116, 1),
    (1.492_537_313_432_834, 3),
    (1.538_461_538_461_561_4, 1),
    (1.562_500_000_000_014_2, 1),
    (1.587_301_587_301_581_7, 1),
    (1.639_344_262_295_068_7, 1),
    (1.694_915_254_237_301_4, 1),
    (1.724_137_931_034_476_9, 1),
    (1.754_385_964_912_288, 1),
    (1.785_714_285_714_277_6, 1),
    (1.851_851_851_851_861_9, 1),
    (2.500_000_000_000_028_4, 1),
    (2.985_074_626_865_653_6, 1),
    (3.124_999_999_999_986, 1),
];

const CANARY_3: &[(f64, usize)] = &[
    (0.0, 146),
    (1.234_567_901_234_584, 1),
    (1.333_333_333_333_328_6, 1),
    (1.351_351_351_351_354_4, 1),
    (1.369_863_013_698_619_6, 1),
    (1.388_888_888_888_885_7, 1),
    (1.428_571_428_571_416_4, 2),
    (1.428_571_428_571_444_8, 1),
    (1.449_275_362_318_829_3, 1),
    (1.470_588_235_294_116, 1),
    (1.515_151_515_151_515_6, 2),
    (1.562_5, 2),
    (1.562_500_000_000_014_2, 1),
    (1.587_301_587_301_581_7, 1),
    (1.612_903_225_806_448_4, 1),
    (1.639_344_262_295_068_7, 2),
    (1.666_666_666_666_657_2, 2),
    (1.666_666_666_666_671_4, 1),
    (1.694_915_254_237_287_2, 1),
    (1.724_137_931_034_476_9, 2),
    (1.754_385_964_912_273_7, 1),
    (1.754_385_964_912_288, 1),
    (1.785_714_285_714_277_6, 1),
    (1.818_181_818_181_813, 4),
    (1.851_851_851_851_847_6, 3),
    (1.851_851_851_851_861_9, 2),
    (1.886_792_452_830_178_5, 1),
    (1.886_792_452_830_192_7, 2),
    (1.923_076_923_076_919_8, 1),
    (1.960_784_313_725_511_7, 2),
    (2.000_000_000_000_028_4, 1),
    (2.040_816_326_530_603, 2),
    (2.439_024_390_243_887, 1),
    (2.564_102_564_102_555, 1),
    (2.702_702_702_702_709, 1),
    (2.816_901_408_450_718_2, 1),
    (2.985_074_626_865_682, 1),
    (3.030_303_030_303_045_4, 1),
    (3.125_000_000_000_014, 1),
    (3.174_603_174_603_163_3, 1),
    (3.225_806_451_612_911, 1),
    (3.333_333_333_333_343, 2),
    (3.389_830_508_474_574_3, 1),
    (3.448_275_862_068_953_8, 1),
    (3.571_428_571_428_583_6, 1),
    (3.703_703_703_703_681, 1),
    (4.081_632_653_061_206, 1),
    (4.109_589_041_095_901_5, 1),
    (5.555_555_555_555_557, 1),
];
