package io.bihuan.screening.web;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.SourceStates.SourceState;
import io.bihuan.intake.WaitingMessages.Unread;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who screens each channel, how fast that goes, and whether what feeds it works.
 *
 * @param days how many days the figures tell of
 */
public record ChannelsPage(List<Duty> duties, List<Source> sources, int days, List<Line> lines, boolean maySet) {
    /** The days to choose from. */
    public static final List<Integer> DAYS = List.of(1, 7, 30);

    /** Who screens a channel. */
    public record Duty(
            Channel channel,
            String screener,
            boolean isScreenerHere,
            String deputy,
            boolean isDeputyHere,
            String businessLine,
            boolean screensFirst,
            int minutes,
            int waiting,
            int late) {}

    /** What feeds a channel, and what of it has not been read. */
    public record Source(
            String name,
            @Nullable SourceState state,
            @Nullable Unread unread) {}

    /**
     * How fast a channel is.
     *
     * @param parts the share taken up in time by day, at night, on weekends
     */
    public record Line(
            Channel channel,
            long received,
            long opened,
            long added,
            long parked,
            long decided,
            String median,
            String slow,
            String share,
            String tone,
            List<String> parts) {}

    /** The form for one channel. */
    public record DutyPage(
            Channel channel, DutyForm form, List<Option> people, List<Option> businessLines, FieldErrors errors) {}

    /** Who screens a channel, as it is written down. */
    public record DutyForm(
            @Nullable String screener,
            @Nullable String deputy,
            @Nullable String businessLine,
            @Nullable String screensFirst,
            @Nullable String minutes) {
        public DutyForm {
            screener = screener == null ? "" : screener.strip();
            deputy = deputy == null ? "" : deputy.strip();
            businessLine = businessLine == null ? "" : businessLine.strip();
            screensFirst = screensFirst == null ? "" : screensFirst.strip();
            minutes = minutes == null ? "" : minutes.strip();
        }
    }
}
