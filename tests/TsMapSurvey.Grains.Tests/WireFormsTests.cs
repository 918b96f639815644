using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What is stored and what is told have the same words.</summary>
public sealed class WireFormsTests
{
    [Fact]
    public void Every_stored_state_has_its_own_name_on_the_wire()
    {
        Assert.Equal(Enum.GetNames<RecordState>(), Enum.GetValues<RecordState>().Select(state => $"{state.ToWire()}"));
        Assert.Equal(Enum.GetNames<ObservationState>(), Enum.GetNames<RecordState>());
        Assert.Equal(Enum.GetNames<JobState>(), Enum.GetValues<JobState>().Select(state => $"{state.ToWire()}"));
        Assert.Equal(Enum.GetNames<ComputeState>(), Enum.GetNames<JobState>());
        Assert.All(Enum.GetValues<RecordState>(), state => Assert.Equal(state.ToWire().IsSettled(), New(state).IsSettled));
    }

    [Fact]
    public void A_window_is_told_as_it_is_stored()
    {
        var window = new SliceWindow("7d", 59001, 59007, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(7));
        Assert.Equal(window, window.ToStored().ToWire());
    }

    private static ObservationRecord New(RecordState state) =>
        new() { Name = "a", ETag = "1", SeenETag = "1", State = state, ReceivedAt = default, ChangedAt = default };
}
