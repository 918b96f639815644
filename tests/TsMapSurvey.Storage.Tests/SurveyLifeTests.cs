using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage.Tests;

public sealed class SurveyLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TurnableTime _time = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    private IBlobStore Store => BlobStores.Open(_folder.Path);

    [Fact]
    public async Task A_survey_that_was_deleted_is_over_also_where_another_one_has_its_name_already()
    {
        await DefineAsync();
        var life = await BeginAsync();
        _time.Pass(TimeSpan.FromSeconds(2));
        Assert.False(await life.IsDeletedAsync(CancellationToken.None));

        await Store.DeleteAsync(StoreLayout.Definition("a"), WriteCondition.Always, CancellationToken.None);
        await new DeletionMarks(Store).WriteAsync(new DeletionMark("a", "observations/", IsFinished: true), CancellationToken.None);
        await DefineAsync();

        Assert.False(await life.IsDeletedAsync(CancellationToken.None));
        _time.Pass(TimeSpan.FromSeconds(2));
        Assert.True(await life.IsDeletedAsync(CancellationToken.None));
        Assert.False(await (await BeginAsync()).IsDeletedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_mark_is_read_as_it_was_written_and_a_damaged_one_is_refused()
    {
        var (marks, mark) = (new DeletionMarks(Store), new DeletionMark("a", "observations/", IsFinished: false));
        Assert.Null(await marks.ReadAsync("a", CancellationToken.None));
        await marks.WriteAsync(mark, CancellationToken.None);
        Assert.Equal(mark, await marks.ReadAsync("a", CancellationToken.None));

        var file = Path.Combine(_folder.Path, "definitions", "a.deleted");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
            .Replace("false", "true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(
            StorageError.Damaged, (await Assert.ThrowsAsync<StorageException>(() => marks.ReadAsync("a", CancellationToken.None))).Error);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\u001b")]
    [InlineData("none")]
    public async Task What_cannot_be_a_survey_has_no_life(string name) =>
        Assert.Null(await new DeletionMarks(Store).LifeAsync(name, CancellationToken.None));

    public void Dispose() => _folder.Dispose();

    private Task<SurveyLife> BeginAsync() => SurveyLife.BeginAsync(Store, "a", _time, CancellationToken.None);

    private Task<WriteResult> DefineAsync() =>
        Store.WriteAsync(StoreLayout.Definition("a"), "{}"u8.ToArray(), WriteCondition.IfAbsent, CancellationToken.None);
}
