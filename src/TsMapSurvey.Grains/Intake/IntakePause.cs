namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Between two listings: ten times as long as the last one took, so that they take a tenth of the time however many observations there
/// are; but no longer than so many can have made it, where it was a store in trouble that took so long.
/// </summary>
internal sealed class IntakePause(TimeProvider time)
{
    /// <summary>Ten times a listing whose pages of five thousand names took half a second each: no store that works is slower.</summary>
    private static readonly TimeSpan LongestForOne = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestForNone = TimeSpan.FromSeconds(1);

    private long _began;
    private TimeSpan _length;

    public bool IsOver => time.GetElapsedTime(_began) >= _length;

    /// <param name="observations">So many are known.</param>
    public void After(TimeSpan taken, int observations)
    {
        _began = time.GetTimestamp();
        _length = TimeSpan.FromTicks(long.Min(10 * taken.Ticks, (LongestForNone + observations * LongestForOne).Ticks));
    }
}
