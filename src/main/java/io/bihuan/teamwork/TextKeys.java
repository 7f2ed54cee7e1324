package io.bihuan.teamwork;

import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The key of the texts of a complaint's tasks, team and thread. */
@Component
class TextKeys {
    private final JdbcClient jdbc;
    private final Keys keys;

    TextKeys(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    Optional<SubjectKey> find(UUID complaintId) {
        return jdbc.sql("select data_key from teamwork.text_key where complaint_id = ?")
                .param(complaintId)
                .query((row, number) -> keys.unwrap(row.getBytes("data_key")))
                .optional();
    }

    /** The key to write with; made when there is none, which is safe while the complaint is locked. */
    SubjectKey toWrite(UUID complaintId, Writes writes) {
        return find(complaintId).orElseGet(() -> {
            byte[] wrapped = keys.newWrapped();
            writes.addOne("insert into teamwork.text_key (complaint_id, data_key) values (?, ?)", complaintId, wrapped);
            return keys.unwrap(wrapped);
        });
    }

    @Nullable
    SubjectKey read(byte @Nullable [] wrapped) {
        return wrapped == null ? null : keys.unwrap(wrapped);
    }

    /** Everything that was written with it becomes unreadable for good. */
    void destroy(UUID complaintId) {
        jdbc.sql("delete from teamwork.text_key where complaint_id = ?")
                .param(complaintId)
                .update();
    }

    /** A text, or an empty one once its key is gone. */
    static String text(@Nullable SubjectKey key, byte @Nullable [] sealed) {
        return key == null || sealed == null ? "" : key.decrypt(sealed);
    }
}
