using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>A survey with everything that its tiles share, loaded once in a silo.</summary>
internal sealed class SurveySetup(Survey survey, MapDataset? irfs, IBlobStore blobs, long tileBudget = long.MaxValue)
{
    private MapDataset? _template;
    private TileBytes? _bytes;

    public Survey Survey { get; } = survey;

    public string Name => Survey.Name;

    /// <summary>Whose kernels serve every tile; null: each its own.</summary>
    public MapDataset? Irfs { get; } = irfs;

    public IBlobStore Blobs { get; } = blobs;

    public ObservationStore Observations { get; } = new(blobs, survey.Definition.Observations);

    public TileStore Tiles { get; } = new(blobs, survey.Name);

    public RecordCache Records { get; } = new(new ObservationRecords(blobs, survey.Name));

    public SurveyLayout Layout { get; } = new(survey.Name);

    /// <summary>What a tile takes, with the template's IRFs where there is one.</summary>
    public async ValueTask<TileBytes> TileBytesAsync(CancellationToken cancellationToken)
    {
        if (_bytes is { } known) return known;
        var template = await FindTemplateAsync(cancellationToken);
        var bytes = TileBytes.Of(Survey, template);
        if (template is not null) _bytes = bytes;
        return bytes;
    }

    /// <summary>
    /// Axes and IRF grid of every tile's stack. The first observation that any silo reads gives them: whoever writes the blob first wins,
    /// and all others read it. With IRFs from elsewhere the stacks hold none.
    /// </summary>
    public async Task<MapDataset> TemplateAsync(MapDataset observation, CancellationToken cancellationToken)
    {
        if (await FindTemplateAsync(cancellationToken) is { } there) return there;
        var template = StackTemplate.Of(observation);
        if (Irfs is not null) template = template with { Psf = null, Edisp = null };
        TileBytes.CheckTemplate(Survey, template, tileBudget);
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, gzip: true, leaveOpen: true))
            MapDatasetFile.Write(writer, template, FitsElementType.Double);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(Blobs, Layout.Template, content, cancellationToken);
        return await FindTemplateAsync(cancellationToken)
            ?? throw ServiceErrors.Damaged(Layout.Template, "nothing", "what was just written");
    }

    /// <summary>The one that the first observation gave: it is there wherever something was committed.</summary>
    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is damaged or gone.</exception>
    public async Task<MapDataset> TemplateAsync(CancellationToken cancellationToken) =>
        await FindTemplateAsync(cancellationToken)
        ?? throw ServiceErrors.Damaged($"survey {Name}", "no template", "that of its first observation");

    /// <summary>Null before any observation was read.</summary>
    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is damaged, which is no observation's fault.</exception>
    public async Task<MapDataset?> FindTemplateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _template ??= await DatasetBlob.FindAsync(Blobs, Layout.Template, FitsLimits.Default, cancellationToken);
        }
        catch (Exception exception) when (exception is FitsException or MapException)
        {
            throw ServiceErrors.Damaged(Layout.Template, exception.Message, "the survey's template");
        }
    }
}
