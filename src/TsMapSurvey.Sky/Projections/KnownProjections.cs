namespace TsMapSurvey.Sky.Projections;

/// <summary>The supported projections. To add one, add a file and an entry here and in <see cref="Projection"/>.</summary>
internal static class KnownProjections
{
    /// <summary>Old names of AIPS, which <see cref="Wcs.Read"/> translates: GLS to SFL, NCP to SIN.</summary>
    internal const string AipsSansonFlamsteed = "GLS", AipsNorthPole = "NCP";

    private static readonly ISphereProjection[] All =
    [
        new PlateCarree(), new Gnomonic(), new Orthographic(), new ZenithalEquidistant(), new Stereographic(), new ZenithalEqualArea(),
        new HammerAitoff(), new Mollweide(), new SansonFlamsteed(),
    ];

    internal static string Codes { get; } =
        string.Join(", ", [.. All.Select(projection => projection.Code), AipsSansonFlamsteed, AipsNorthPole]);

    /// <param name="pv21">PV2_1, only for SIN.</param>
    /// <param name="pv22">PV2_2, only for SIN.</param>
    internal static ISphereProjection Of(Projection name, double pv21, double pv22) => name == Projection.Sin
        ? new Orthographic(pv21, pv22)
        : Array.Find(All, projection => projection.Name == name)
            ?? throw SkyErrors.BadKeyword("CTYPE1", name.ToString(), $"one of {Codes}");

    internal static Projection? WithCode(string code) => code switch
    {
        AipsSansonFlamsteed => Projection.Sfl,
        AipsNorthPole => Projection.Sin,
        _ => Array.Find(All, projection => projection.Code == code)?.Name,
    };
}
