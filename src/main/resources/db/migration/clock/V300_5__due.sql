-- What is due next, over all subjects; and of one grade, because few are legal among many internal ones.
create index clock_due on clock.clock (due_at, id) where state = 'RUNNING';
create index clock_grade_due on clock.clock (grade, due_at, id) where state = 'RUNNING';
