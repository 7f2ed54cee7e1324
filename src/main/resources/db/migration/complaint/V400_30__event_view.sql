-- What followers of other modules may know of an event: that it happened, not what was said.
create view complaint.api_event as
select complaint_id, seq, id, at, type from complaint.event;
