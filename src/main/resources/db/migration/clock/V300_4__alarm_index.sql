-- Every alarm that fires leaves a dead entry at the beginning of its index, where each look for due alarms begins: they are to be
-- removed after some ten thousand, not after a fifth of all clocks.
alter table clock.clock set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
