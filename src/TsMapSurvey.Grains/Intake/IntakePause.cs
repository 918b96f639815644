namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// The pause between two listings: ten times the duration of the last one, so that listings take a tenth of the time however many
/// observations there are. It is bounded by the number of observations, so that a store failure that slowed a listing causes no long pause.
/// </summary>
internal sealed class IntakePause(TimeProvider time)
{
    /// <summary>
    /// Ten times the time per name when a page of five thousand names takes half a second; a working store is not slower.
    /// </summary>
    private static readonly TimeSpan MaxPerObservation = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan MaxBase = TimeSpan.FromSeconds(1);

    private long _began;
    private TimeSpan _length;

    public bool IsOver => time.GetElapsedTime(_began) >= _length;

    /// <summary>Starts the pause after a listing.</summary>
    /// <param name="taken">Duration of the listing.</param>
    /// <param name="observations">Number of known observations.</param>
    public void Start(TimeSpan taken, int observations)
    {
        _began = time.GetTimestamp();
        _length = TimeSpan.FromTicks(long.Min(10 * taken.Ticks, (MaxBase + observations * MaxPerObservation).Ticks));
    }
}
