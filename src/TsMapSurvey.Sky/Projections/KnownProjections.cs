namespace TsMapSurvey.Sky.Projections;

/// <summary>The projections this library has; a further one is one more file and one more entry here and in <see
/// cref="Projection"/>.</summary>
internal static class KnownProjections
{
    private static readonly ISphereProjection[] All = [new PlateCarree(), new Gnomonic()];

    internal static string Codes { get; } = string.Join(", ", All.Select(projection => projection.Code));

    internal static ISphereProjection Of(Projection name) =>
        Array.Find(All, projection => projection.Name == name) ?? throw SkyException.BadKeyword("CTYPE1", name.ToString(), $"one of {Codes}");

    internal static ISphereProjection? WithCode(string code) => Array.Find(All, projection => projection.Code == code);
}
