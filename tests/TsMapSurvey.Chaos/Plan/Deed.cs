namespace TsMapSurvey.Chaos;

/// <summary>One entry of a schedule: what is done at a time (seconds from the round's beginning).</summary>
internal abstract record Deed(double AtS);

/// <summary>A version of an observation is put under its name. What is there already, or was there before, is put too.</summary>
/// <param name="Twice">By two at the same time.</param>
internal sealed record Put(double AtS, int Observation, int Version, bool Twice) : Deed(AtS);

/// <summary>The bytes that are there are written again without a condition: a notification of nothing new.</summary>
internal sealed record Touch(double AtS, int Observation) : Deed(AtS);

internal sealed record Retract(double AtS, int Observation, bool Twice) : Deed(AtS);

/// <summary>Has what was retracted taken in again.</summary>
internal sealed record Retry(double AtS, int Observation) : Deed(AtS);

/// <summary>SIGKILL; another process takes the place after a while.</summary>
/// <param name="ClockS">What the successor's wall clock is ahead of the machine's.</param>
internal sealed record Kill(double AtS, int Silo, double DownS, int ClockS) : Deed(AtS);

/// <summary>SIGSTOP, long enough to be given up by the others, and SIGCONT.</summary>
internal sealed record Freeze(double AtS, int Silo, double ForS) : Deed(AtS);

/// <summary>SIGTERM: the place is handed over in order.</summary>
internal sealed record Restart(double AtS, int Silo) : Deed(AtS);

/// <summary>For some seconds a share of the requests fares badly.</summary>
/// <param name="Silo">Whose; null: everybody's, also those of who puts.</param>
/// <param name="OnlyManifests">Only the writes of tiles' manifests.</param>
internal sealed record Spell(double AtS, StorageFault Fault, double Share, double ForS, int? Silo, bool OnlyManifests) : Deed(AtS);

/// <summary>The folder's file system is full for a while.</summary>
internal sealed record FillDisk(double AtS, double ForS) : Deed(AtS);
