//! Keep it stable: collect, judge, correct.
