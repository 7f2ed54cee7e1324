package io.bihuan.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("slow")
class WritesTests {
    private static final String INSERT = "insert into toy (id, name) values (?, ?)";
    private static final TestDatabase DATABASE = TestDatabase.empty();

    private final DataSource database = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();

    @BeforeEach
    void anEmptyTable() {
        jdbc.sql("drop table if exists toy").update();
        jdbc.sql("create table toy (id int primary key, name text, number serial)")
                .update();
    }

    private List<String> names() {
        return jdbc.sql("select name from toy order by number")
                .query(String.class)
                .list(); // bounded: a toy
    }

    @Test
    void rowsOfOneInsertAreStoredInTheirOrderBetweenTheOthers() {
        new Writes()
                .addOne(INSERT, 1, "a")
                .addOne(INSERT, 2, "b")
                .addOne("update toy set name = ? where id = ?", "B", 2)
                .addOne(INSERT, 3, "c")
                .send(database);
        assertThat(names()).containsExactly("a", "B", "c");
    }

    @Test
    void anInsertIsStoredAsItWasLastChangedAlsoWhenItWasTakenOver() {
        var inner = new Writes().addInsert("x", INSERT, 2, "as begun");
        var all = new Writes().addOne(INSERT, 1, "first").addAll(inner);
        assertThat(all.replaceInsert("x", 2, "as ended")).isTrue();
        all.send(database);
        assertThat(names()).containsExactly("first", "as ended");
        assertThat(all.replaceInsert("x", 2, "too late")).isFalse();
    }

    @Test
    void aStatementThatMissesOneOfItsRowsIsNoticed() {
        new Writes().addOne(INSERT, 1, "a").addOne(INSERT, 2, "b").send(database);
        String rename = "update toy set name = 'c' where id = any(?)";
        new Writes().addMany(2, rename, (Object) new Integer[] {1, 2}).send(database);
        assertThat(names()).containsExactly("c", "c");
        var writes = new Writes().addMany(2, rename, (Object) new Integer[] {1, 3});
        assertThatThrownBy(() -> writes.send(database)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void aStatementThatMissesItsRowIsNoticed() {
        var writes = new Writes().addOne(INSERT, 1, "a").addOne("update toy set name = ? where id = ?", "b", 7);
        assertThatThrownBy(() -> writes.send(database)).isInstanceOf(OptimisticLockingFailureException.class);
    }
}
