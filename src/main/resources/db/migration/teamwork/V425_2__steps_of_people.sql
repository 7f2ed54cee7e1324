create index step_of_person on teamwork.step (owner, due_at, id) where done_at is null and dropped_at is null;
