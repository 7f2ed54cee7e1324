package io.bihuan.complaint;

import io.bihuan.platform.WhenServing;
import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.platform.follower.Followers;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the module's parts share. */
@Configuration(proxyBeanMethods = false)
class ComplaintConfiguration {
    @Bean
    EventCodec eventCodec(ObjectProvider<CaseEvents> neighbours) {
        return new EventCodec(neighbours.stream().toList());
    }

    @Bean
    Feed complaintFeed(JdbcClient jdbc) {
        return new Feed(jdbc, "complaint.event", "complaint_id");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @WhenServing
    @ConditionalOnProperty(name = "bihuan.followers.enabled", matchIfMissing = true)
    Followers complaintFollowers(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Feed complaintFeed,
            Epochs epochs,
            List<Follower> followers) {
        return new Followers(jdbc, transaction, complaintFeed, epochs, followers);
    }
}
