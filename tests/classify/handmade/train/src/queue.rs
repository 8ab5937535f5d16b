//! A bounded queue.

pub struct Queue<T> {
    items: Vec<T>,
}

impl<T> Queue<T> {
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }
}
