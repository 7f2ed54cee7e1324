-- The open ones by due time, narrowed by what few of them have: that is decided in the index, without fetching every open complaint.
drop index complaint.complaint_open_due;
create index complaint_open_due on complaint.complaint
    (coalesce(due_at, 'infinity'), id, kind, channel, category, severity, priority) where archived_at is null;
