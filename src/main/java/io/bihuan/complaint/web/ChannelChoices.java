package io.bihuan.complaint.web;

import io.bihuan.complaint.Channel;
import io.bihuan.identity.TokenChannels;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Names the channels to which a token may be restricted. */
@Component
class ChannelChoices implements TokenChannels {
    @Override
    public List<Option> options(Texts t) {
        return Stream.of(Channel.values())
                .map(channel -> new Option(channel.name(), t.of(channel)))
                .toList();
    }
}
