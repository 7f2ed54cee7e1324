-- The list of calls in one direction; there are few outgoing ones.
create index call_direction on telephony.call (direction, started_at desc, id desc);
